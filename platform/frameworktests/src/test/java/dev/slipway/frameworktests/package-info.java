/**
 * The platform's bundles in the real framework: they resolve, plugins come and go, and nobody else
 * notices.
 */
@NullMarked
package dev.slipway.frameworktests;

import org.jspecify.annotations.NullMarked;
