using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Bans;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Patrons;

/// <summary><c>patron import|search|show|note|message</c>.</summary>
internal static class PatronCommands
{
    public static Command Create(Session session) => new("patron", "Patrons: import them, find them, show one, note and write to one.")
    {
        ImportCommand.Create(session),
        SearchCommand.Create(session),
        Show(session),
        NoteCommands.CreateNote(session),
        NoteCommands.CreateMessage(session),
    };

    private static Command Show(Session session)
    {
        var customer = new Argument<string?>("CUSTOMER") { Description = "The patron's customer id.", Arity = ArgumentArity.ZeroOrOne };
        var card = new Option<string?>("--card") { Description = "Find the patron by a card's number. Write -, and it is asked for: so it stands in no list of processes.", HelpName = "NUMBER" };
        var purpose = new Option<string>("--purpose") { Description = "Why the data is read; it is recorded.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var command = new Command("show", "Show a patron; the identity code stays masked.") { customer, card, purpose };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new GetPatronRequest { Purpose = parsed.GetRequiredValue(purpose) };
            switch (parsed.GetValue(customer), session.Terminal.OfPerson(parsed.GetValue(card), "card number"))
            {
                case ({ } id, null): request.CustomerId = id; break;
                case (null, { } number): request.CardNumber = number; break;
                default: throw CommandProblem.Usage("Say whom to show: either CUSTOMER or --card -.");
            }

            var response = await register.Patrons.GetPatronAsync(request, register.Bounded(stop));
            return new Answer(Json(response), Text(response.Patron, response.LanguageLabel));
        });
        return command;
    }

    private static JsonObject Json(GetPatronResponse response)
    {
        var json = ProtoJson.Of(response);
        var patron = json["patron"]!.AsObject();
        foreach (var name in new[] { "source", "factsVersion", "factsAge", "languageLabel" })
            patron[name] = json[name]?.DeepClone();
        return patron.DeepClone().AsObject();
    }

    private static IRenderable Text(Patron patron, LanguageLabel language) => Layout.Stack(
        Layout.Fields(
            ("customer", patron.CustomerId),
            ("name", patron.FirstNames.Length == 0 ? patron.Surname : $"{patron.Surname}, {patron.FirstNames}"),
            ("born", patron.DateOfBirth.Length == 0 ? "" : $"{patron.DateOfBirth} (age {patron.Age})"),
            ("identity code", patron.IdentityCode),
            (LanguageWord(language), ProtoJson.Short(patron.Language)),
            ("group", patron.Group),
            ("home branch", patron.HomeBranch),
            ("gender", patron.Gender == Gender.Unspecified ? "" : ProtoJson.Short(patron.Gender)),
            ("address", Line(patron.Contact?.Address)),
            ("second address", Line(patron.Contact?.Address2)),
            ("telephone", string.Join(", ", patron.Contact?.Phones ?? [])),
            ("e-mail", patron.Contact?.Email ?? ""),
            ("notices", string.Join(", ", (patron.Notices?.Preferences ?? []).Select(notice => $"{ProtoJson.Short(notice.Kind)} by {ProtoJson.Short(notice.Channel)}"))),
            ("home service", patron.HomeService is { } service ? $"{service.Route} {service.Delivery}".Trim() : ""),
            ("responsible person", string.Join("; ", (patron.Responsible?.Persons ?? []).Select(Answers))),
            ("guardian's consent", patron.GuardianConsentOn),
            ("terms accepted", patron.TermsAcceptedOn),
            ("registered", patron.RegisteredOn),
            ("more time at doors", patron.ExtendedTime ? "yes" : ""),
            ("customer from", patron.ValidFrom),
            ("customer until", patron.ValidTo),
            ("restricted", patron.Restricted ? "yes" : ""),
            ("unpaid fees", patron.FeesCents == 0 ? "" : $"{patron.FeesCents / 100m:0.00} euros"),
            ("unsettled", patron.HasUnsettled ? "yes" : ""),
            ("last use", Times.Show(patron.LastUsedTime)),
            ("made", Stamp(patron.CreateTime, patron.CreatedBy)),
            ("changed", Stamp(patron.UpdateTime, patron.UpdatedBy))),
        Layout.Table(["card", "valid until", "lost", "last used", "PIN"], patron.Cards.Select(Card), "No cards."),
        BanTable.Of(patron.Bans));

    // As the consortium's profile means it (R10).
    private static string LanguageWord(LanguageLabel label) => label switch
    {
        LanguageLabel.MotherTongue => "mother tongue",
        LanguageLabel.MailLanguage => "language of messages",
        LanguageLabel.ServiceLanguage => "service language",
        _ => "language",
    };

    private static string Line(PostalAddress? address) => address is null ? "" : string.Join(
        ", ", new[] { address.Street, $"{address.PostalCode} {address.City}".Trim(), address.Country }.Where(part => part.Length > 0));

    private static string Answers(ResponsiblePerson person) =>
        $"{person.FirstNames} {person.Surname} ({ProtoJson.Short(person.Role)}{(person.CustomerId.Length > 0 ? $", customer {person.CustomerId}" : "")})".TrimStart();

    private static string Stamp(Google.Protobuf.WellKnownTypes.Timestamp? time, string by) =>
        time is null ? "" : $"{Times.Show(time)}{(by.Length > 0 ? $" by {by}" : "")}";

    private static string[] Card(Card card) =>
        [card.CardNumber, card.ExpiresOn, card.Lost ? "lost" : "", Times.Show(card.LastUsedTime), Pin(card)];

    private static string Pin(Card card) => card.Guesses switch
    {
        { LockedForGood: true } => "locked until a new PIN is given",
        { LockedUntil: { } until } => $"waits until {Times.Show(until)}",
        _ => "",
    };
}
