/** What tests take from this machine; for the tests of the distribution too. */
@NullMarked
package dev.slipway.agent.host;

import org.jspecify.annotations.NullMarked;
