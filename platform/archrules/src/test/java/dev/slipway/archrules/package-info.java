/**
 * The rules that hold over all modules: who may use whom, and what the compiler can not see in a
 * source. Only tests.
 */
@NullMarked
package dev.slipway.archrules;

import org.jspecify.annotations.NullMarked;
