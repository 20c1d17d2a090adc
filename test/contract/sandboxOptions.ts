import { join } from 'node:path';
import ts from 'typescript';

/** An option of the sandbox, as its source declares it. */
export interface DeclaredOption {
	/** E.g. `generation.mode`. */
	path: string;
	/** The values that it can have, where they are spelled out; of a boolean both. */
	values: Array<string | number | boolean | null>;
}

const FILE = join(__dirname, '../../sandbox/options.ts');

/** Every option that `SandboxOptions` declares, read from the source: a new one cannot be forgotten. */
export function declaredOptions(): DeclaredOption[] {
	const program = ts.createProgram([FILE], { strict: true, skipLibCheck: true, types: [] });
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(FILE);
	const declaration = source?.statements.find(
		(each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === 'SandboxOptions',
	);
	if (!declaration) throw new Error(`There is no SandboxOptions in ${FILE}`);
	return membersOf(checker, checker.getTypeAtLocation(declaration), '');
}

function membersOf(checker: ts.TypeChecker, type: ts.Type, prefix: string): DeclaredOption[] {
	return checker.getPropertiesOfType(type).flatMap((property) => {
		const path = prefix + property.name;
		const own = checker.getNonNullableType(checker.getTypeOfSymbol(property));
		const isGroup = !own.isUnion() && (own.flags & ts.TypeFlags.Object) !== 0;
		return isGroup ? membersOf(checker, own, `${path}.`) : [{ path, values: valuesOf(checker, checker.getTypeOfSymbol(property)) }];
	});
}

function valuesOf(checker: ts.TypeChecker, type: ts.Type): DeclaredOption['values'] {
	const parts = type.isUnion() ? type.types : [type];
	return parts.flatMap((part): DeclaredOption['values'] => {
		if (part.isStringLiteral() || part.isNumberLiteral()) return [part.value];
		if (part.flags & ts.TypeFlags.BooleanLiteral) return [checker.typeToString(part) === 'true'];
		return part.flags & ts.TypeFlags.Null ? [null] : [];
	});
}
