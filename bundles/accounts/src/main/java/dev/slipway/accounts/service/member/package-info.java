/** Members of a tenant, invitations to it, and its seats. */
@NullMarked
package dev.slipway.accounts.service.member;

import org.jspecify.annotations.NullMarked;
