/** Users as operators see and change them, and what users do with their own account. */
@NullMarked
package dev.slipway.accounts.service.user;

import org.jspecify.annotations.NullMarked;
