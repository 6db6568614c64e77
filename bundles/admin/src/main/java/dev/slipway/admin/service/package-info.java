/** What the platform's operators may see and do. */
@NullMarked
package dev.slipway.admin.service;

import org.jspecify.annotations.NullMarked;
