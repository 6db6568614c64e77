/** The rules of billing. */
@NullMarked
package dev.slipway.billing.service;

import org.jspecify.annotations.NullMarked;
