package com.example.specimen.shared;

/** Words that another plugin uses. */
public final class Words {
  private Words() {}

  /** A word. */
  public static String word() {
    return "borrowed";
  }
}
