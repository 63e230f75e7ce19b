using System.Globalization;
using KioskLink.Sip2;

namespace KioskLink.Cli.Checkout;

/// <summary>Answers as sentences for a technician, and whether they say yes. What the library system writes for its patron stands behind them, as it came.</summary>
internal static class Sentences
{
    public static (bool Yes, string Sentence) Of(AcsStatusResponse answer) => (answer.OnLine, With(
        $"The library system is {(answer.OnLine ? "online" : "off-line")}: loans {Word(answer.CheckoutOk)}, returns {Word(answer.CheckinOk)}, renewals {Word(answer.RenewalPolicy)}.", answer));

    public static (bool Yes, string Sentence) Of(PatronInformationResponse answer, bool withPin)
    {
        var yes = answer.ValidPatron == true && (withPin ? answer.ValidPin == true : answer.ValidPin != false);
        var counts = answer.ValidPatron == true
            ? $" {answer.ChargedCount ?? 0} on loan, {answer.OverdueCount ?? 0} overdue, {answer.HoldCount ?? 0} on hold{Fee(answer.FeeAmount, answer.Currency)}."
            : "";
        return (yes, With($"The card is {(answer.ValidPatron == true ? "good" : "not accepted")}{Pin(answer.ValidPin, withPin)}.{counts}{Denied(answer.Status)}", answer));
    }

    public static (bool Yes, string Sentence) Of(ItemInformationResponse answer) =>
        (true, With($"{Titled(answer.Title)}: {Words(answer.Status.ToString())}{Due(answer.DueDate)}{(answer.HoldQueueLength is > 0 and var waiting ? $", {waiting} waiting" : "")}.", answer));

    public static (bool Yes, string Sentence) Of(CheckoutResponse answer) => (answer.Ok, With(
        answer.Ok ? $"{(answer.RenewalOk ? "Renewed" : "Lent")}: {Titled(answer.Title)}{Due(answer.DueDate)}{Security(answer.Desensitize == Answered.Yes, "off")}." : $"Not lent{Fee(answer.FeeAmount, answer.Currency)}.", answer));

    public static (bool Yes, string Sentence) Of(CheckinResponse answer) => (answer.Ok, With(
        answer.Ok ? $"Returned: {Titled(answer.Title)}{(answer.SortBin is { Length: > 0 } bin ? $", bin {bin}" : "")}{Security(answer.Resensitize, "on")}{(answer.Alert ? "; call for a hand" : "")}." : "Not taken back.", answer));

    public static (bool Yes, string Sentence) Of(RenewResponse answer) =>
        (answer.Ok, With(answer.Ok ? $"Renewed: {Titled(answer.Title)}{Due(answer.DueDate)}." : $"Not renewed{Fee(answer.FeeAmount, answer.Currency)}.", answer));

    public static (bool Yes, string Sentence) Of(EndSessionResponse answer) => (answer.Ended, With(answer.Ended ? "The session has ended." : "The session has not ended.", answer));

    private static string With(string sentence, SpokenResponse answer) => string.Join('\n', answer.ScreenMessages.Where(line => line.Length > 0).Select(line => $"  \"{line}\"").Prepend(sentence));

    private static string Pin(bool? valid, bool given) => (valid, given) switch
    {
        (true, _) => ", the PIN is right",
        (false, _) => ", the PIN is wrong",
        (null, true) => ", and nothing is said about the PIN, which never means yes",
        _ => "",
    };

    private static string Denied(PatronFlags flags) => flags == PatronFlags.None ? "" : $" In the way: {Words(flags.ToString())}.";

    private static string Titled(string? title) => title is { Length: > 0 } ? title : "an item without a title";

    private static string Due(string? due) => due is { Length: > 0 } ? $", due {WireTime.LocalIn(due)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? due}" : "";

    private static string Security(bool turns, string way) => turns ? $", security {way}" : "";

    private static string Fee(decimal? fee, string? currency) => fee is > 0 and var amount ? string.Create(CultureInfo.InvariantCulture, $", {amount:0.00} {currency} to pay") : "";

    private static string Word(bool yes) => yes ? "yes" : "no";

    private static string Words(string name) => string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 && name[at - 1] != ' ' ? $" {letter}" : $"{letter}")).ToLowerInvariant();
}
