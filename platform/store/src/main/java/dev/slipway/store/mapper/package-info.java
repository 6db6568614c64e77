/**
 * MyBatis for one bundle: its configuration, type handlers, and mappers bound to the current unit
 * of work.
 */
@NullMarked
package dev.slipway.store.mapper;

import org.jspecify.annotations.NullMarked;
