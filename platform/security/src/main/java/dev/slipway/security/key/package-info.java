/** How keys reach the database: apart from every unit of work. */
@NullMarked
package dev.slipway.security.key;

import org.jspecify.annotations.NullMarked;
