/** API keys. */
@NullMarked
package dev.slipway.accounts.service.apikey;

import org.jspecify.annotations.NullMarked;
