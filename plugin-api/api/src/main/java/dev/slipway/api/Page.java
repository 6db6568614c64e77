package dev.slipway.api;

import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A part of a list.
 *
 * @param items the rows, at most the limit that was asked for
 * @param total how many rows there are in all
 */
@ProviderType
public record Page<T>(List<T> items, long total) {
  public Page {
    items = List.copyOf(items);
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<? super T, ? extends R> as) {
    return new Page<R>(items.stream().<R>map(as).toList(), total);
  }
}
