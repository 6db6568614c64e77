/** Password hashing, limited to what the machine can bear. */
@NullMarked
package dev.slipway.security.password;

import org.jspecify.annotations.NullMarked;
