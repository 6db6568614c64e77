/** One request on its way: Jetty in, Jersey through, who asks and whether they may. */
@NullMarked
package dev.slipway.http.request;

import org.jspecify.annotations.NullMarked;
