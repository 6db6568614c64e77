package dev.slipway.console;

import gg.jte.Content;
import java.util.List;

/**
 * What a page puts into the frame.
 *
 * @param title for the window
 * @param path of the navigation entry that it belongs to
 * @param styles addresses of further style sheets, on this host
 * @param scripts addresses of further scripts, on this host; they find what {@code console.js} has
 * @param body the page itself
 */
public record Frame(
    String title, String path, List<String> styles, List<String> scripts, Content body) {
  public Frame {
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
  }

  /** A page that needs nothing but what all pages have. */
  public static Frame of(String title, String path, Content body) {
    return new Frame(title, path, List.of(), List.of(), body);
  }
}
