/**
 * The life of feature bundles and plugins: install, verify, migrate, start, swap, drain,
 * quarantine. Tables: {@code pluginhost_*}.
 */
@NullMarked
package dev.slipway.pluginhost;

import org.jspecify.annotations.NullMarked;
