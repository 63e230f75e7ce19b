using System.CommandLine;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Loans;

/// <summary><c>loan status|list|import|waiting</c>.</summary>
internal static class LoanCommands
{
    public static Command Create(Session session) => new("loan", "Loans, holds, fees and invoices of patrons.") { Status(session), List(session), LoanImportCommand.OfLoans(session), WaitingCommand.Create(session) };

    private static Command Status(Session session)
    {
        var customer = Customer();
        var command = new Command("status", "Counts and due dates of a patron.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var status = await register.Loans.GetLoanStatusAsync(new GetLoanStatusRequest { CustomerId = parsed.GetRequiredValue(customer) }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(status), Layout.Fields(
                ("loans", $"{status.Loans}"),
                ("overdue", status.Overdue == 0 ? "" : $"{status.Overdue}"),
                ("due", string.Join(", ", status.DueOn)),
                ("holds", $"{status.Holds}"),
                ("waiting", status.HoldsReady == 0 ? "" : $"{status.HoldsReady}, the first until {status.PickUpBy}"),
                ("unpaid fees", Euros(status.FeesCents)),
                ("unpaid invoices", status.Invoices == 0 ? "" : $"{status.Invoices}, {Euros(status.InvoicesCents)}")));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var customer = Customer();
        var command = new Command("list", "A patron's loans by due date, with holds, fees and invoices.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var all = new ListLoansResponse();
            await RegisterConnection.All<Loan>(async token =>
            {
                var page = await register.Loans.ListLoansAsync(new ListLoansRequest { CustomerId = parsed.GetRequiredValue(customer), PageToken = token }, register.Bounded(stop));
                all.MergeFrom(page);
                return (page.Loans, page.NextPageToken);
            });
            all.NextPageToken = "";
            return new Answer(ProtoJson.Of(all), Text(all));
        });
        return command;
    }

    private static IRenderable Text(ListLoansResponse all) => Layout.Stack(
        Layout.Table(["loan", "title", "due", "overdue", "renewals"], all.Loans.Select(loan => (string[])[loan.Id, loan.Title, loan.DueOn, loan.Overdue ? "overdue" : "", $"{loan.Renewals}"]), "No loans."),
        Layout.Table(["hold", "title", "where", "pick up by"], all.Holds.Select(hold => (string[])[hold.Id, hold.Title, hold.BranchId, hold.PickUpBy]), "No holds."),
        Layout.Table(["fee", "kind", "euros", "note"], all.Fees.Select(fee => (string[])[fee.Id, fee.Kind, Euros(fee.Cents), fee.Note]), "No unpaid fees."),
        Layout.Table(["invoice", "number", "euros", "due"], all.Invoices.Select(invoice => (string[])[invoice.Id, invoice.Number, Euros(invoice.Cents), invoice.DueOn]), "No unpaid invoices."));

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The patron's customer id." };

    private static string Euros(long cents) => cents == 0 ? "" : $"{cents / 100m:0.00} euros";
}
