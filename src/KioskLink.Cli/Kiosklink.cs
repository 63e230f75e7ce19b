using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Grpc.Core;
using KioskLink.Cli.Access;
using KioskLink.Cli.Alarms;
using KioskLink.Cli.Applications;
using KioskLink.Cli.Approvals;
using KioskLink.Cli.Audit;
using KioskLink.Cli.Bans;
using KioskLink.Cli.Branches;
using KioskLink.Cli.Camera;
using KioskLink.Cli.Checkout;
using KioskLink.Cli.Completion;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Consents;
using KioskLink.Cli.Devices;
using KioskLink.Cli.Disclosures;
using KioskLink.Cli.Doors;
using KioskLink.Cli.Jobs;
using KioskLink.Cli.Journals;
using KioskLink.Cli.Loans;
using KioskLink.Cli.Messages;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Notices;
using KioskLink.Cli.Outages;
using KioskLink.Cli.Output;
using KioskLink.Cli.Patrons;
using KioskLink.Cli.Registers;
using KioskLink.Cli.Retention;
using KioskLink.Cli.Rights;
using KioskLink.Cli.Staff;

namespace KioskLink.Cli;

/// <summary>The program from its arguments to its exit code: <c>kiosklink NOUN VERB</c>.</summary>
internal static class Kiosklink
{
    /// <summary>Runs one command line.</summary>
    /// <returns>A number of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, TimeProvider clock, CancellationToken stop = default)
    {
        var session = new Session(terminal, clock);
        var parsed = Root(session).Parse(args);
        terminal.IsJson = session.Options.IsJson(parsed);
        try
        {
            if (parsed.Action is ParseErrorAction)
                throw CommandProblem.Usage($"{Typed.Shown(WhatIsWrong(parsed))}. `kiosklink {Nearest(parsed)}--help` shows how.");
            if (args.Any(Typed.HoldsIdentityCode))
                throw CommandProblem.Usage("An identity code does not belong on the command line, which others see in the list of processes: leave it out of every text, or write - where it is asked for.");
            var settings = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Errors, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(settings, stop);
        }
        catch (CommandProblem problem)
        {
            return terminal.Show(problem);
        }
        catch (RpcException refusal)
        {
            return terminal.Show(Refusals.Explain(refusal, session.Address));
        }
        catch (OperationCanceledException)
        {
            return terminal.Show(new CommandProblem(ExitCode.Refused, "CANCELLED", "Stopped before the end."));
        }
    }

    private static RootCommand Root(Session session)
    {
        var root = new RootCommand("Runs a KioskLink register and its nodes. Completion: `source <(kiosklink completion bash)`.")
        {
            RegisterCommands.Create(session),
            SampleCommands.Create(session),
            BranchCommands.Create(session),
            PatronCommands.Create(session),
            ApplicationCommands.Create(session),
            ConsentCommands.Create(session),
            BanCommands.Create(session),
            LoanCommands.Create(session),
            LoanImportCommand.CreateItem(session),
            OutageCommands.Create(session),
            SuspensionCommands.Create(session),
            DisclosureCommands.Create(session),
            AccessCommands.Create(session),
            NodeCommands.Create(session),
            DoorCommands.Create(session),
            DeviceCommands.Create(session),
            Sip2Commands.Create(session),
            ApprovalCommands.Create(session),
            AlarmCommands.Create(session),
            JournalCommands.Create(session),
            NoticeCommands.Create(session),
            StaffCommands.Create(session),
            AdministratorCommands.Create(session),
            AuditCommands.Create(session),
            CameraCommands.Create(session),
            RetentionCommands.Create(session),
            RequestCommands.Create(session),
            JobCommands.Create(session),
            MessageCommands.Create(session),
            CompletionCommands.Create(session),
        };
        foreach (var option in session.Options.All)
            root.Options.Add(option);
        return root;
    }

    // What was typed and not understood says more than what is missing because of it.
    private static string WhatIsWrong(ParseResult parsed) => parsed.UnmatchedTokens is [var unknown, ..]
        ? $"`{unknown}` is not known here"
        : string.Join(' ', parsed.Errors[0].Message.TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The commands that were understood, each followed by a blank.</summary>
    private static string Nearest(ParseResult parsed)
    {
        var names = "";
        for (SymbolResult? command = parsed.CommandResult; command is CommandResult { Command: not RootCommand } known; command = command.Parent)
            names = $"{known.Command.Name} {names}";
        return names;
    }
}
