/** Taking lines in, giving lines out, dropping old ones. */
@NullMarked
package dev.slipway.logs.service;

import org.jspecify.annotations.NullMarked;
