import { describe, expect, it } from "@jest/globals";
import { evaluate, type Scope } from "./evaluate.ts";
import { parseTemplate, TemplateError } from "./parse-template.ts";

const scope: Scope = {
  file: (path) => (path === "assets/a.json" ? '{"a": "${b} %{c}"}' : undefined),
  resolve: (path) => ({ unknown: path.join(".") }),
};
const evaluated = (text: string) => evaluate(parseTemplate(text), scope);

describe("a template", () => {
  it.each([
    ["plain", "plain"],
    ["", ""],
    ["$${a} and %%{b}", "${a} and %{b}"],
    ["$5 and 5%", "$5 and 5%"],
    ['${"quoted \\"text\\" \\u00e9"}', 'quoted "text" é'],
    ['${file("assets/a.json")}', '{"a": "${b} %{c}"}'],
    ['${jsonencode({"b" = 1, a = [true, null, "<&>"]})}', '{"a":[true,null,"\\u003c\\u0026\\u003e"],"b":1}'],
    ['${join("-", ["a", "b"])}', "a-b"],
    ['${trimsuffix("https://a/", "/")}', "https://a"],
    ["https://${azurerm_a.b-c.host}/x", "https://‹azurerm_a.b-c.host›/x"],
  ])("%j gives %j", (text, value) => {
    expect(evaluated(text)).toBe(value);
  });

  it("reads references through indexes and functions", () => {
    expect(evaluated("${azurerm_a.b.list[0].id}")).toEqual({ unknown: "azurerm_a.b.list.0.id" });
    expect(evaluated("${tolist(azurerm_a.b.list)[0].id}")).toEqual({ unknown: "azurerm_a.b.list.id" });
    expect(evaluated('${data.terraform_remote_state.x-y["outputs"].o-1}')).toEqual({
      unknown: "data.terraform_remote_state.x-y.outputs.o-1",
    });
  });

  it.each(["${", "${}", "${a", "${a.}", "%{ if a }", "${a[}", '${"a}', "${a b}", "${f(a}", "${(a}", "${{a}"])(
    "%j is refused",
    (text) => {
      expect(() => parseTemplate(text)).toThrow(TemplateError);
    },
  );

  it("refuses a file that is not there", () => {
    expect(() => evaluated('${file("assets/b.json")}')).toThrow(TemplateError);
  });
});
