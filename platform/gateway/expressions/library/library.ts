import { TypeRegistry } from "../types/type-registry.ts";
import { ARRAY_TYPE } from "./array-type.ts";
import { BIT_CONVERTER_TYPE } from "./bit-converter-type.ts";
import { CHAR_TYPE } from "./char-type.ts";
import { COLLECTION_INTERFACES } from "./collection-interfaces.ts";
import { COMPARER_TYPES } from "./comparer-types.ts";
import { CONTEXT_TYPES } from "./context-types.ts";
import { CONVERT_TYPE } from "./convert-type.ts";
import { DATE_TIME_TYPES } from "./date-time-types.ts";
import { DICTIONARY_TYPES } from "./dictionary-types.ts";
import { ENCODING_TYPE } from "./encoding-type.ts";
import { ENUMERATION_TYPES } from "./enumeration-types.ts";
import { EXCEPTION_TYPES } from "./exception-types.ts";
import { GUID_TYPE } from "./guid-type.ts";
import { HASH_TYPES } from "./hash-types.ts";
import { JSON_TYPES } from "./json-types.ts";
import { ENUMERABLE_TYPE } from "./linq-type.ts";
import { LIST_TYPES } from "./list-type.ts";
import { LOOK_UP_TYPES } from "./look-up-types.ts";
import { MATH_TYPE } from "./math-type.ts";
import { MESSAGE_TYPES } from "./message-types.ts";
import { NUMBER_TYPES } from "./number-types.ts";
import { OBJECT_TYPES } from "./object-types.ts";
import { RANDOM_TYPE } from "./random-type.ts";
import { REGEX_TYPES } from "./regex-types.ts";
import { STRING_BUILDER_TYPE } from "./string-builder-type.ts";
import { STRING_TYPE } from "./string-type.ts";
import { TIME_SPAN_TYPE } from "./time-span-type.ts";
import { TOKEN_TEXT_TYPES } from "./token-text-types.ts";
import { WEB_TYPES } from "./web-types.ts";

/** Every type that a policy expression can name or meet. */
export const LIBRARY = new TypeRegistry([
  ...OBJECT_TYPES,
  STRING_TYPE,
  CHAR_TYPE,
  ...NUMBER_TYPES,
  MATH_TYPE,
  CONVERT_TYPE,
  BIT_CONVERTER_TYPE,
  ARRAY_TYPE,
  ...ENUMERATION_TYPES,
  ...EXCEPTION_TYPES,
  ...DATE_TIME_TYPES,
  TIME_SPAN_TYPE,
  GUID_TYPE,
  RANDOM_TYPE,
  ENCODING_TYPE,
  STRING_BUILDER_TYPE,
  ...COLLECTION_INTERFACES,
  ...COMPARER_TYPES,
  ...LIST_TYPES,
  ...DICTIONARY_TYPES,
  ENUMERABLE_TYPE,
  ...REGEX_TYPES,
  ...WEB_TYPES,
  ...HASH_TYPES,
  ...JSON_TYPES,
  ...CONTEXT_TYPES,
  ...MESSAGE_TYPES,
  ...LOOK_UP_TYPES,
  ...TOKEN_TEXT_TYPES,
]);
