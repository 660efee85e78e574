// Stands in for the Azure libraries when the driver is bundled (see esbuild.mjs): they log in to Azure and read keys
// from its vaults, neither of which the runner offers.
export {};
