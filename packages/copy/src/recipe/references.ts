// Which other files and packages a module names: by import and export, of types too, and by `new URL(file,
// import.meta.url)`, which is how a recipe names the file that a thread or a process runs.

import { parseSync, Visitor } from 'oxc-parser';
import type { Argument, CallExpression, Expression, NewExpression, Node } from 'oxc-parser';

/** One place where a module names another one. */
export interface Reference {
  /** 'piscina', 'node:fs', './worker.ts'; relative files start with a dot, also those of a `new URL`. */
  readonly specifier: string;
  readonly line: number;
}

/** What a module names, and where it names a file in a way that cannot be read from its text. */
export interface References {
  readonly found: readonly Reference[];
  readonly unreadable: readonly { readonly text: string; readonly line: number }[];
}

/**
 * Reads the references of a module.
 *
 * @throws SyntaxError where the text is no TypeScript
 */
export function readReferences(file: string, text: string): References {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`Expected ${file} to be TypeScript: ${errors[0]!.message}`);
  const found: Reference[] = [];
  const unreadable: { text: string; line: number }[] = [];
  const lineOf = ({ start }: { start: number }): number => text.slice(0, start).split('\n').length;
  const add = (node: Node, specifier: string | undefined): void => {
    if (specifier !== undefined) found.push({ specifier, line: lineOf(node) });
  };
  const refuse = (node: Node): void => {
    unreadable.push({ text: text.slice(node.start, node.end), line: lineOf(node) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source.value),
    ExportAllDeclaration: (node) => add(node, node.source.value),
    ExportNamedDeclaration: (node) => add(node, node.source?.value),
    TSImportType: (node) => add(node, node.source.value),
    // `import(url)` of a variable runs what the caller names: nothing of it is to be copied.
    ImportExpression: (node) => add(node, literal(node.source)),
    NewExpression(node) {
      if (!isUrlBesideModule(node)) return;
      const name = literal(node.arguments[0]!);
      if (name === undefined) refuse(node);
      else add(node, asSpecifier(name));
    },
    CallExpression(node) {
      if (isNamed(node.callee, 'require') || isMeta(node.callee, 'resolve')) add(node, literalArgument(node));
    },
    MemberExpression(node) {
      if (isMeta(node, 'dirname')) refuse(node);
    },
  }).visit(program);
  return { found: found.toSorted((a, b) => a.line - b.line), unreadable };
}

/** The value of a string that stands in the text as it is. */
function literal(node: Expression | Argument): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]!.value.cooked ?? undefined;
  return undefined;
}

function literalArgument({ arguments: [first] }: CallExpression): string | undefined {
  return first && literal(first);
}

function isUrlBesideModule({ callee, arguments: [, base] }: NewExpression): boolean {
  return isNamed(callee, 'URL') && base !== undefined && isMeta(base, 'url');
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** Whether a node is `import.meta.<name>`. */
function isMeta(node: Node, name: string): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && isNamed(node.property, name);
}

/** In a URL, 'worker.ts' is './worker.ts'; in an import it would be a package. One with a scheme is no file beside. */
function asSpecifier(url: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return undefined;
  return url.startsWith('.') || url.startsWith('/') ? url : `./${url}`;
}
