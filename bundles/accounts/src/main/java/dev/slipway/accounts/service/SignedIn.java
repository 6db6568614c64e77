package dev.slipway.accounts.service;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import java.util.List;

/** What a user gets who has signed in. */
public record SignedIn(String accessToken, String refreshToken, User user, List<Seat> seats) {
  public SignedIn {
    seats = List.copyOf(seats);
  }

  @Override
  public String toString() {
    return "SignedIn[" + user.id() + "]";
  }
}
