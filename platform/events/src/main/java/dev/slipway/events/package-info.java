/**
 * The event log and what moves it: signals between nodes, the log itself, its delivery to
 * listeners.
 *
 * <p>Owns the tables {@code events_*}. Others know it by the interfaces of plugin-api alone.
 *
 * <p><b>Order.</b> Transactions commit in another order than they draw numbers, so a reader that
 * followed a plain sequence would pass over events that become visible late. An event is therefore
 * placed by the id of its transaction, or behind the last event of its subject where that one's is
 * higher, and shown only once every transaction with a lower id has ended: what is shown never
 * changes any more. The price: a writing transaction that stays open, in any database of the
 * server, holds back the events of all that began after it.
 */
@NullMarked
package dev.slipway.events;

import org.jspecify.annotations.NullMarked;
