/** How a machine becomes a server: install tokens, the install script, provisioning, enrolment. */
@NullMarked
package dev.slipway.fleet.service.enrolment;

import org.jspecify.annotations.NullMarked;
