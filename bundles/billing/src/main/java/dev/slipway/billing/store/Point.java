package dev.slipway.billing.store;

import java.time.LocalDate;

/** One day of a series. */
public record Point(LocalDate date, long value) {}
