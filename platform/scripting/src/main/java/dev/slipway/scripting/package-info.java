/**
 * Runs untrusted JavaScript for {@link dev.slipway.api.script.ScriptSandbox}: supervises worker
 * processes, holds each in what the machine offers, gives their places out in turn between tenants,
 * and kills what passes its limits and does not end by itself.
 */
@NullMarked
package dev.slipway.scripting;

import org.jspecify.annotations.NullMarked;
