/** What is done with what plugins offer. */
@NullMarked
package dev.slipway.plugins.service;

import org.jspecify.annotations.NullMarked;
