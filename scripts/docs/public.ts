// Public names, as TypeScript sees them: every name that an entry of the package exports, with its comments and those of its members.

import ts from 'typescript';
import { sourcesOfExports } from '../exports.js';

export interface PublicName {
  /** `createLearner` */
  readonly name: string;
  /** Subpath it is exported from: `onward/sources/csv`. */
  readonly entry: string;
  /** `type` has no value at run time. */
  readonly kind: 'value' | 'type';
  /** Comments of it and of its members. */
  readonly comments: readonly PublicComment[];
  /** Properties of an interface, or of the members of a union. */
  readonly properties: readonly PublicProperty[];
}

export interface PublicProperty {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** Markdown; empty without a comment. */
  readonly text: string;
}

export interface PublicComment {
  readonly file: string;
  readonly line: number;
  readonly member: string;
  /** Markdown, without stars and tags' names. */
  readonly text: string;
}

export function publicNames(): PublicName[] {
  const entries = sourcesOfExports();
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.build.json', ts.sys.readFile).config, ts.sys, '.');
  const program = ts.createProgram(entries, config.options);
  const checker = program.getTypeChecker();
  return entries.flatMap((file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    const entry = file.replace(/^host/, 'onward').replace(/(\/index)?\.ts$/, '');
    return (module ? checker.getExportsOfModule(module) : []).map((exported): PublicName => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const declarations = symbol.declarations ?? [];
      return { name: exported.name, entry, kind: symbol.flags & ts.SymbolFlags.Value ? 'value' : 'type', comments: declarations.flatMap((node) => commentsOf(node, exported.name)), properties: declarations.flatMap((node) => propertiesOf(node, checker)) };
    });
  });
}

function commentsOf(node: ts.Node, name: string): PublicComment[] {
  // a variable's comment stands before its statement
  const holder = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const own = ts.getJSDocCommentsAndTags(holder).filter(ts.isJSDoc).map((doc) => comment(doc, name));
  const members = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? [...node.members] : ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type) ? [...node.type.members] : [];
  return [...own, ...members.filter((member) => !member.name?.getText().startsWith('#')).flatMap((member) => ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc).map((doc) => comment(doc, `${name}.${member.name?.getText() ?? 'constructor'}`)))];
}

/** Its own, and after them those that it takes over from types of ours. */
function propertiesOf(node: ts.Node, checker: ts.TypeChecker): PublicProperty[] {
  if (ts.isTypeAliasDeclaration(node)) return propertiesOf(node.type, checker);
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) return node.types.flatMap((type) => propertiesOf(type, checker));
  if (!ts.isInterfaceDeclaration(node) && !ts.isTypeLiteralNode(node)) return [];
  const inherits = ts.isInterfaceDeclaration(node) && node.heritageClauses !== undefined;
  const members: readonly ts.Node[] = inherits ? checker.getTypeAtLocation(node).getProperties().flatMap(({ declarations }) => declarations ?? []) : node.members;
  const all = members.filter(ts.isPropertySignature).filter((member) => !member.getSourceFile().fileName.includes('node_modules')).map((member): PublicProperty => ({
    name: member.name.getText(),
    type: (member.type?.getText() ?? '').replace(/\s+/g, ' '),
    optional: member.questionToken !== undefined,
    text: ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc).map((doc) => comment(doc, '').text.replace(/\s+/g, ' ')).join(' '),
  }));
  return all.filter(({ text, type }) => text !== '' || !/^(never|0)$/.test(type)); // `inputs?: never` of a union says only that there is none
}

function comment(doc: ts.JSDoc, member: string): PublicComment {
  const file = doc.getSourceFile();
  const text = doc.getText().replace(/^\/\*\*|\*\/$/g, '').replace(/^\s*\* ?/gm, '').replace(/@(param|returns?|throws|default|defaultValue|example)\b( \w+)?/g, '\n\n').replace(/\{@link (\w+)\}/g, '`$1`').trim();
  return { file: file.fileName.replace(`${process.cwd()}/`, ''), line: file.getLineAndCharacterOfPosition(doc.getStart()).line + 1, member, text };
}
