/**
 * Apps: created, changed, deleted step by step, shown to other features; where their source may
 * come from.
 */
@NullMarked
package dev.slipway.apps.service.app;

import org.jspecify.annotations.NullMarked;
