using System.CommandLine;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Patrons;

/// <summary><c>patron search</c>: a page of patrons by name, customer id, card or birthday.</summary>
internal static class SearchCommand
{
    private const int Usual = 25;

    public static Command Create(Session session)
    {
        var name = new Argument<string[]>("NAME") { Description = "Beginnings of names in any order: `koiv ai` finds Aino Koivunen. Write -, and they are asked for.", Arity = ArgumentArity.ZeroOrMore };
        var customer = new Option<string?>("--customer") { Description = "Beginning of the customer id.", HelpName = "ID" };
        var card = new Option<string?>("--card") { Description = "A card's whole number. Write -, and it is asked for.", HelpName = "NUMBER" };
        var born = new Option<string?>("--born") { Description = "Date of birth. Write -, and it is asked for.", HelpName = "DATE" };
        var lacking = new Option<bool>("--lacks-responsible") { Description = "Only those who need a responsible person and have none; alone it finds them all." };
        var purpose = new Option<string>("--purpose") { Description = "Why the data is read; it is recorded.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var limit = new Option<int>("--limit") { Description = "How many to show, at most 100.", HelpName = "N", DefaultValueFactory = _ => Usual };
        var after = new Option<string>("--page") { Description = "What the last page said under `nextPageToken`.", HelpName = "TOKEN", DefaultValueFactory = _ => "" };
        var command = new Command("search", "Find patrons by name, customer id, card or birthday.") { name, customer, card, born, lacking, purpose, limit, after };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new SearchPatronsRequest
            {
                Purpose = parsed.GetRequiredValue(purpose),
                PageSize = parsed.GetRequiredValue(limit),
                PageToken = parsed.GetRequiredValue(after),
                LacksResponsible = parsed.GetValue(lacking),
            };
            var asked = session.Terminal;
            var names = asked.OfPerson(string.Join(' ', parsed.GetValue(name) ?? []), "name");
            switch (names, parsed.GetValue(customer), asked.OfPerson(parsed.GetValue(card), "card number"), asked.OfPerson(parsed.GetValue(born), "date of birth"))
            {
                case ({ Length: > 0 } words, null, null, null): request.NamePrefix = words; break;
                case ("", { } id, null, null): request.CustomerIdPrefix = id; break;
                case ("", null, { } number, null): request.CardNumber = number; break;
                case ("", null, null, { } date): request.DateOfBirth = date; break;
                case ("", null, null, null) when request.LacksResponsible: break;
                default: throw CommandProblem.Usage("Say whom to find in one way: -, --customer ID, --card - or --born -; --lacks-responsible may stand alone.");
            }

            return Show(await register.Patrons.SearchPatronsAsync(request, register.Bounded(stop)));
        });
        return command;
    }

    private static Answer Show(SearchPatronsResponse page) => new(
        ProtoJson.Of(page),
        Layout.Stack(
            Layout.Table(["customer", "name", "born", "age", "group", "home unit", "marks"], page.Patrons.Select(Row), "Nobody was found."),
            Layout.Sentence(page.NextPageToken.Length > 0 ? "There are more; narrow the search, or ask for more with --limit." : "")));

    private static string[] Row(PatronSummary patron) =>
    [
        patron.CustomerId,
        patron.FirstNames.Length == 0 ? patron.Surname : $"{patron.Surname}, {patron.FirstNames}",
        patron.DateOfBirth,
        patron.DateOfBirth.Length == 0 ? "" : $"{patron.Age}",
        patron.Group,
        patron.HomeBranch,
        string.Join(", ", Marks(patron)),
    ];

    private static IEnumerable<string> Marks(PatronSummary patron)
    {
        if (patron.HasBan)
            yield return "banned";
        if (patron.Restricted)
            yield return "restricted";
        if (patron.HasUnsettled)
            yield return "unsettled";
    }
}
