/** What may be said about an app, and what follows from saying it: rules, units of work, events. */
@NullMarked
package dev.slipway.apps.service;

import org.jspecify.annotations.NullMarked;
