/** Variables, the system log, nodes and their load, integrations and the audit's seals as rows. */
@NullMarked
package dev.slipway.admin.store;

import org.jspecify.annotations.NullMarked;
