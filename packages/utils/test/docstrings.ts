// Which declarations have no docstring: a comment that begins with /** right before them.

import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import type {
  Class,
  ClassElement,
  Comment,
  Declaration,
  Directive,
  MethodDefinition,
  Program,
  Statement,
} from 'oxc-parser';

/** A function, class or public method that has none, as `file.ts: name`, by the file that declares it. */
type Missing = string;

interface Parsed {
  readonly url: URL;
  readonly source: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

type Named = { readonly declaration: Declaration; readonly start: number };

const files = new Map<string, Parsed>();

function parse(url: URL): Parsed {
  let parsed = files.get(url.href);
  if (parsed === undefined) {
    const source = readFileSync(url, 'utf8');
    const { program, comments, errors } = parseSync(url.pathname, source);
    if (errors.length > 0) throw new Error(`Expected ${url.href} to be TypeScript, got ${errors[0]!.message}`);
    files.set(url.href, (parsed = { url, source, program, comments }));
  }
  return parsed;
}

/** The functions, classes and public methods that a module exports without a docstring; what it re-exports included. */
export function undocumented(url: URL): Missing[] {
  const parsed = parse(url);
  return parsed.program.body.flatMap((statement) => {
    if (statement.type === 'ExportAllDeclaration') return undocumented(new URL(statement.source.value, url));
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return [];
    const { declaration, source, specifiers, start } = statement;
    if (declaration !== null) return check(parsed, { declaration, start });
    return specifiers.flatMap(({ local, exportKind }) => {
      if (exportKind === 'type' || local.type !== 'Identifier') return [];
      return source === null ? checkName(parsed, local.name) : checkName(parse(new URL(source.value, url)), local.name);
    });
  });
}

/** The declaration of a name, wherever the module has it from. */
function find(parsed: Parsed, name: string): { in: Parsed; found: Named } | undefined {
  for (const statement of parsed.program.body) {
    const found = declared(statement);
    if (found !== undefined && nameOf(found.declaration) === name) return { in: parsed, found };
    if (statement.type === 'ImportDeclaration' && statement.source.value.startsWith('.')) {
      if (statement.specifiers.some(({ local }) => local.name === name))
        return find(parse(new URL(statement.source.value, parsed.url)), name);
    }
  }
  return undefined;
}

function declared(statement: Statement | Directive): Named | undefined {
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration === null ? undefined : { declaration: statement.declaration, start: statement.start };
  const isOne =
    statement.type === 'FunctionDeclaration' ||
    statement.type === 'ClassDeclaration' ||
    statement.type === 'TSInterfaceDeclaration';
  return isOne ? { declaration: statement as Declaration, start: statement.start } : undefined;
}

function nameOf(declaration: Declaration): string | undefined {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration')
    return declaration.id?.name;
  if (declaration.type === 'TSInterfaceDeclaration') return declaration.id.name;
  const [first] = declaration.type === 'VariableDeclaration' ? declaration.declarations : [];
  return first?.id.type === 'Identifier' ? first.id.name : undefined;
}

function checkName(parsed: Parsed, name: string): Missing[] {
  const found = find(parsed, name);
  return found === undefined ? [] : check(found.in, found.found);
}

function check(parsed: Parsed, { declaration, start }: Named): Missing[] {
  const name = nameOf(declaration);
  const isFunction = declaration.type === 'FunctionDeclaration' || isArrow(declaration);
  if (name === undefined || (!isFunction && declaration.type !== 'ClassDeclaration')) return [];
  const own = hasDocstring(parsed, start) ? [] : [missing(parsed, name)];
  return declaration.type === 'ClassDeclaration' ? [...own, ...checkMethods(parsed, declaration, name)] : own;
}

function isArrow(declaration: Declaration): boolean {
  return (
    declaration.type === 'VariableDeclaration' &&
    declaration.declarations.some(({ init }) => init?.type === 'ArrowFunctionExpression')
  );
}

/**
 * Those of its base class too, which are its own to whoever uses it. What an interface of ours has a docstring for needs no
 * other one where it is implemented.
 */
function checkMethods(parsed: Parsed, whole: Class, name: string): Missing[] {
  const promised = new Set(whole.implements?.flatMap(({ expression }) => documentedMembers(parsed, expression)));
  const own = whole.body.body.filter(isPublicMethod).flatMap((method) => {
    const called = parsed.source.slice(method.key.start, method.key.end);
    const has = promised.has(called) || hasDocstring(parsed, method.start);
    return has ? [] : [missing(parsed, `${name}.${called}`)];
  });
  const base = whole.superClass?.type === 'Identifier' ? find(parsed, whole.superClass.name) : undefined;
  const inherited = base?.found.declaration.type === 'ClassDeclaration' ? base.found.declaration : undefined;
  return inherited === undefined ? own : [...own, ...checkMethods(base!.in, inherited, inherited.id!.name)];
}

function documentedMembers(parsed: Parsed, type: { readonly type: string; readonly name?: string }): string[] {
  const found = type.name === undefined ? undefined : find(parsed, type.name);
  if (found?.found.declaration.type !== 'TSInterfaceDeclaration') return [];
  const { in: file, found: one } = found;
  const { body } = (one.declaration as Extract<Declaration, { type: 'TSInterfaceDeclaration' }>).body;
  return body.flatMap((member) => {
    const isNamed = member.type === 'TSMethodSignature' || member.type === 'TSPropertySignature';
    return isNamed && hasDocstring(file, member.start) ? [file.source.slice(member.key.start, member.key.end)] : [];
  });
}

function isPublicMethod(element: ClassElement): element is MethodDefinition {
  return (
    element.type === 'MethodDefinition' &&
    element.kind !== 'constructor' &&
    element.key.type !== 'PrivateIdentifier' &&
    (element.accessibility ?? 'public') === 'public'
  );
}

/** Whether nothing but space is between a docstring and `start`; of overloads, the first has it. */
function hasDocstring({ source, comments }: Parsed, start: number): boolean {
  return comments.some(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && source.slice(end, start).trim() === '',
  );
}

function missing({ url }: Parsed, name: string): Missing {
  return `${url.pathname.split('/src/').at(-1)}: ${name}`;
}
