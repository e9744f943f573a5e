export const NODE_WIDTH = 190;
export const NODE_HEIGHT = 54;
const COLUMN = 380;
const ROW = 104;
const MARGIN = 16;

/**
 * Places who calls left of whom they call.
 *
 * @param {{id: string}[]} nodes
 * @param {{from: string, to: string}[]} edges
 * @returns {{places: Map<string, {x: number, y: number, layer: number}>, width: number, height: number}}
 */
export function layOut(nodes, edges) {
  const layers = order(assignLayers(nodes, edges), edges);
  const tallest = Math.max(1, ...layers.map((layer) => layer.length));
  const places = new Map();
  for (const [layer, ids] of layers.entries()) {
    const top = MARGIN + ((tallest - ids.length) * ROW) / 2;
    for (const [index, id] of ids.entries())
      places.set(id, { x: MARGIN + layer * COLUMN, y: top + index * ROW, layer });
  }
  return {
    places,
    width: 2 * MARGIN + (layers.length - 1) * COLUMN + NODE_WIDTH,
    height: 2 * MARGIN + (tallest - 1) * ROW + NODE_HEIGHT,
  };
}

/** The longest way from whom nobody calls; a call back to who is on the way does not count. */
function assignLayers(nodes, edges) {
  const callees = Map.groupBy(edges, ({ from }) => from);
  const called = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const layerOf = new Map();
  const visit = (id, layer, way) => {
    if (way.has(id) || (layerOf.get(id) ?? -1) >= layer) return;
    layerOf.set(id, layer);
    way.add(id);
    for (const { to } of callees.get(id) ?? []) visit(to, layer + 1, way);
    way.delete(id);
  };
  for (const { id } of nodes) if (!called.has(id)) visit(id, 0, new Set());
  for (const { id } of nodes) if (!layerOf.has(id)) visit(id, 0, new Set());
  const layers = Array.from({ length: Math.max(0, ...layerOf.values()) + 1 }, () => []);
  for (const { id } of nodes) layers[layerOf.get(id)].push(id);
  return layers;
}

/** Puts each node near the middle of those that call it, so that fewer lines cross. */
function order(layers, edges) {
  const callers = Map.groupBy(edges, ({ to }) => to);
  const place = new Map();
  for (const ids of layers) {
    const middle = (id) => {
      const known = (callers.get(id) ?? [])
        .map(({ from }) => place.get(from))
        .filter((at) => at !== undefined);
      return known.length > 0 ? known.reduce((sum, at) => sum + at, 0) / known.length : 0;
    };
    ids.sort((a, b) => middle(a) - middle(b) || a.localeCompare(b));
    for (const [index, id] of ids.entries()) place.set(id, (index + 0.5) / ids.length);
  }
  return layers;
}
