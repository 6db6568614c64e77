/**
 * What the capabilities below this package have in common: rules of text and names. Each capability
 * is a package of its own, by the same name here and in {@code resource}; they use each other in
 * one direction.
 */
@NullMarked
package dev.slipway.apps.service;

import org.jspecify.annotations.NullMarked;
