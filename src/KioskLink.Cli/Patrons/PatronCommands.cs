using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Bans;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Patrons;

/// <summary><c>patron import|show</c>.</summary>
internal static class PatronCommands
{
    public static Command Create(Session session) => new("patron", "Patrons: import them, show one.") { ImportCommand.Create(session), Show(session) };

    private static Command Show(Session session)
    {
        var customer = new Argument<string?>("CUSTOMER") { Description = "The patron's customer id.", Arity = ArgumentArity.ZeroOrOne };
        var card = new Option<string?>("--card") { Description = "Find the patron by a card's number.", HelpName = "NUMBER" };
        var purpose = new Option<string>("--purpose") { Description = "Why the data is read; it is recorded.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var command = new Command("show", "Show a patron; the identity code stays masked.") { customer, card, purpose };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new GetPatronRequest { Purpose = parsed.GetRequiredValue(purpose) };
            switch (parsed.GetValue(customer), parsed.GetValue(card))
            {
                case ({ } id, null): request.CustomerId = id; break;
                case (null, { } number): request.CardNumber = number; break;
                default: throw CommandProblem.Usage("Say whom to show: either CUSTOMER or --card NUMBER.");
            }

            var response = await register.Patrons.GetPatronAsync(request, register.Bounded(stop));
            return new Answer(Json(response), Text(response.Patron));
        });
        return command;
    }

    private static JsonObject Json(GetPatronResponse response)
    {
        var json = ProtoJson.Of(response);
        var patron = json["patron"]!.AsObject();
        foreach (var name in new[] { "source", "factsVersion", "factsAge" })
            patron[name] = json[name]?.DeepClone();
        return patron.DeepClone().AsObject();
    }

    private static IRenderable Text(Patron patron) => Layout.Stack(
        Layout.Fields(
            ("customer", patron.CustomerId),
            ("name", $"{patron.Surname}, {patron.FirstNames}"),
            ("born", patron.DateOfBirth),
            ("identity code", patron.IdentityCode),
            ("language", ProtoJson.Short(patron.Language)),
            ("group", patron.Group),
            ("home branch", patron.HomeBranch),
            ("responsible person", patron.ResponsibleCustomerId),
            ("guardian's consent", patron.GuardianConsentOn),
            ("terms accepted", patron.TermsAcceptedOn),
            ("registered", patron.RegisteredOn),
            ("customer from", patron.ValidFrom),
            ("customer until", patron.ValidTo),
            ("restricted", patron.Restricted ? "yes" : ""),
            ("unpaid fees", patron.FeesCents == 0 ? "" : $"{patron.FeesCents / 100m:0.00} euros")),
        Layout.Table(["card", "valid until", "lost", "last used", "PIN"], patron.Cards.Select(Card), "No cards."),
        BanTable.Of(patron.Bans));

    private static string[] Card(Card card) =>
        [card.CardNumber, card.ExpiresOn, card.Lost ? "lost" : "", Times.Show(card.LastUsedTime), Pin(card)];

    private static string Pin(Card card) => card.Guesses switch
    {
        { LockedForGood: true } => "locked until a new PIN is given",
        { LockedUntil: { } until } => $"waits until {Times.Show(until)}",
        _ => "",
    };
}
