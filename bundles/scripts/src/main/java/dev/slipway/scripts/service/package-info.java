/** Rules, and what runs scripts. */
@NullMarked
package dev.slipway.scripts.service;

import org.jspecify.annotations.NullMarked;
