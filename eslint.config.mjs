import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** The wall of the house: what the editor part and the views see of the server. */
const protocolAlone = {
  regex: "server/src/(?!protocol$)",
  message: "client/ and media/ know the server by server/src/protocol alone: let it export what is needed",
};

export default tseslint.config(
  { ignores: ["dist/", "out/", "node_modules/", "**/.vscode-test/", "test/vscode/editor/node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // Only client/ knows vscode.
    files: ["server/src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: ["vscode"] }] },
  },
  {
    files: ["media/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: ["vscode"], patterns: [protocolAlone] }] },
  },
  {
    files: ["client/src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [protocolAlone] }] },
  },
  {
    files: ["server/src/protocol.ts", "server/src/protocol/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: ":matches(:function, ClassDeclaration)",
          message: "the protocol is types and constants only",
        },
      ],
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        require: "readonly",
        module: "readonly",
        exports: "readonly",
        __dirname: "readonly",
        setInterval: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setTimeout: "readonly",
        URL: "readonly",
        fetch: "readonly",
        Buffer: "readonly",
        clearTimeout: "readonly",
      },
    },
  },
  prettier,
);
