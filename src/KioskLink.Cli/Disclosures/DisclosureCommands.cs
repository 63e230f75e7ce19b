using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Disclosures;

/// <summary><c>disclosure collect|invoices|list|permit|withdraw|patron|processors|record</c> and what <see cref="RegisterExchange"/> adds.</summary>
internal static class DisclosureCommands
{
    private static readonly Dictionary<string, DisclosureKind> Invoices = new()
    {
        ["unit"] = DisclosureKind.Invoicing,
        ["agency"] = DisclosureKind.InvoiceCollection,
    };

    public static Command Create(Session session) => new(
        "disclosure", "Disclosures: collection, invoices, population register, statistics, and the record of all. Files lie in the folder `disclosures` of the register's data folder.")
    {
        Collect(session), SendInvoices(session), List(session), Permit(session, "permit", true), Permit(session, "withdraw", false), OfPatron(session),
        RegisterExchange.Ask(session), RegisterExchange.Answer(session), StatisticsCommands.Show(session), StatisticsCommands.HandOut(session), Processors(session), Record(session),
    };

    private static Command Collect(Session session)
    {
        var command = new Command("collect", "Make this week's collection files, one for each owning municipality; a second run of the week makes none.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var run = await register.Disclosures.RunCollectionAsync(new RunCollectionRequest(), register.Bounded(stop));
            return new Answer(ProtoJson.Of(run), Layout.Stack(
                Layout.Sentence((run.AlreadyRun ? $"The files of {run.Week} were made before." : $"Collection of {run.Week}:") + Held(run.HeldPersons)),
                Table(run.Disclosures, "Nothing is to be collected.")));
        });
        return command;
    }

    private static Command SendInvoices(Session session)
    {
        var to = new Argument<string>("TO") { Description = "unit (the invoicing unit) or agency (collection)." };
        to.AcceptOnlyFromAmong([.. Invoices.Keys]);
        var command = new Command("invoices", "Make the file of open invoices that have not gone there before.") { to };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var run = await register.Disclosures.ExportInvoicesAsync(new ExportInvoicesRequest { Kind = Invoices[parsed.GetRequiredValue(to)] }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(run), Layout.Stack(
                Layout.Sentence((run.AlreadyRun ? "The day's file was made before." : "The day's invoices:") + Held(run.HeldPersons)),
                Table(run.Disclosure is { } one ? [one] : [], "There is no invoice to disclose.")));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var customer = new Argument<string?>("CUSTOMER") { Description = "Only those of this patron's data.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List disclosures, newest first.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var disclosures = await RegisterConnection.All<Disclosure>(async token =>
            {
                if (parsed.GetValue(customer) is { } id)
                {
                    var own = await register.Disclosures.ListDisclosuresOfAsync(new ListDisclosuresOfRequest { CustomerId = id, PageToken = token }, register.Bounded(stop));
                    return (own.Disclosures, own.NextPageToken);
                }

                var page = await register.Disclosures.ListDisclosuresAsync(new ListDisclosuresRequest { PageToken = token }, register.Bounded(stop));
                return (page.Disclosures, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["disclosures"] = ProtoJson.Of(disclosures) }, Table(disclosures, "No disclosures."));
        });
        return command;
    }

    private static Command Permit(Session session, string verb, bool permitted)
    {
        var (customer, recipient) = (Customer(), Recipient());
        var channel = new Option<string>("--channel") { Description = "How the patron said so.", HelpName = "TEXT", DefaultValueFactory = _ => "desk" };
        var command = new Command(verb, permitted ? "Record a patron's permission to disclose to a recipient." : "Record that a patron withdraws a permission.") { customer, recipient, channel };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new SetDisclosurePermissionRequest
            {
                CustomerId = parsed.GetRequiredValue(customer),
                Recipient = parsed.GetRequiredValue(recipient),
                Permitted = permitted,
                Channel = parsed.GetRequiredValue(channel),
            };
            var response = await register.Disclosures.SetDisclosurePermissionAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Sentence(response.Changed ? "Recorded." : "It stood so already."));
        });
        return command;
    }

    private static Command OfPatron(Session session)
    {
        var (customer, recipient) = (Customer(), Recipient());
        var fields = new Option<string[]>("--field")
        {
            Description = "name, address, phone, email, identity_code or date_of_birth; several times for more.",
            HelpName = "FIELD",
            Required = true,
        };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("patron", "Disclose some of a patron's data to a recipient whom the patron has permitted.") { customer, recipient, fields, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new DisclosePatronRequest
            {
                CustomerId = parsed.GetRequiredValue(customer),
                Recipient = parsed.GetRequiredValue(recipient),
                Reason = parsed.GetRequiredValue(reason),
            };
            request.Fields.AddRange(parsed.GetRequiredValue(fields));
            var response = await register.Disclosures.DisclosePatronAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Table([response.Disclosure], ""));
        });
        return command;
    }

    private static Command Processors(Session session)
    {
        var command = new Command("processors", "List the processors with their contracts and countries.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var response = await register.Disclosures.ListProcessorsAsync(new ListProcessorsRequest(), register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Table(
                ["name", "task", "contract", "country"],
                response.Processors.Select(one => new[] { one.Name, one.Task, one.Contract, one.OutsideEea ? $"{one.Country} (outside the EEA)" : one.Country }),
                "No processors."));
        });
        return command;
    }

    private static Command Record(Session session)
    {
        var command = new Command("record", "Print the record of processing activities (GDPR article 30), JSON.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var response = await register.Disclosures.ExportRecordOfProcessingAsync(new ExportRecordOfProcessingRequest(), register.Bounded(stop));
            return new Answer(JsonNode.Parse(response.Document)!, Layout.Sentence(response.Document));
        });
        return command;
    }

    /// <summary>Disclosures as a table.</summary>
    internal static IRenderable Table(IEnumerable<Disclosure> disclosures, string whenEmpty) => Layout.Table(
        ["when", "kind", "recipient", "municipality", "records", "persons", "by", "file"],
        disclosures.Select(one => new[]
        {
            Times.Show(one.CreateTime), ProtoJson.Short(one.Kind), one.Recipient, one.Municipality, $"{one.RecordCount}", $"{one.SubjectCount}", one.CreatedBy,
            one.FileName,
        }),
        whenEmpty);

    private static string Held(int persons) => persons == 0
        ? ""
        : $" Claims on {persons} people are held back, since their processing is restricted: the data-protection officer decides in the console.";

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The patron's customer id." };

    private static Argument<string> Recipient() => new("RECIPIENT") { Description = "To whom, as the permission names it." };
}
