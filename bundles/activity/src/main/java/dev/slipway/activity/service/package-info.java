/** Rules of operations: which change follows which, and the watch over those that stand still. */
@NullMarked
package dev.slipway.activity.service;

import org.jspecify.annotations.NullMarked;
