/** What users are told: in their inbox and by mail. */
@NullMarked
package dev.slipway.accounts.service.inbox;

import org.jspecify.annotations.NullMarked;
