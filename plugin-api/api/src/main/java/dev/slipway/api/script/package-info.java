/**
 * Tenants' JavaScript, for the bundles that have something for it to decide or to call. A hook is
 * where scripts attach ({@link dev.slipway.api.spi.ScriptHook}); an API function is what they may
 * call ({@link dev.slipway.api.spi.ScriptApi}); {@link dev.slipway.api.script.Scripts} runs what a
 * tenant has attached. Below it {@link dev.slipway.api.script.ScriptSandbox} runs a source under
 * limits, in a process of its own.
 *
 * @since 0.1.0
 */
@NullMarked
@Export
@Version("1.1.0")
package dev.slipway.api.script;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
