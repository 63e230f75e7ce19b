using Grpc.Core;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Technician;

/// <summary>One test that a technician runs on the page: what was done so far, and what came of it. Thread-safe.</summary>
/// <param name="title">What is tested.</param>
/// <param name="back">The page from which it was begun.</param>
internal sealed class Test(string title, string back)
{
    /// <summary>Steps that are kept: more than any test has.</summary>
    private const int StepsMax = 100;

    /// <summary>No test runs.</summary>
    public static readonly TestView None = new("", "", [], [], 0, true, false, "No test runs.");

    private readonly Lock _gate = new();
    private TestView _view = new(title, back, [], [], 0, false, false, "");

    /// <summary>How it stands.</summary>
    public TestView View
    {
        get
        {
            lock (_gate)
                return _view;
        }
    }

    /// <summary>Adds a step; one of the same kind as the last, such as a count, takes its place.</summary>
    public void Step(string text, bool isGood = true, bool replaces = false) => Change(view => view with
    {
        Steps = [.. (replaces ? view.Steps.SkipLast(1) : view.Steps).TakeLast(StepsMax), new StepView(text, isGood)],
    });

    /// <summary>Tells the share that is done, 0 to 1.</summary>
    public void Reach(double share) => Change(view => view with { Share = share });

    /// <summary>Takes the doctor's sheet.</summary>
    public void Take(IEnumerable<Check> checks) => Change(view => view with { Checks = [.. checks.Select(CheckView.Of)] });

    /// <summary>Ends it.</summary>
    public void End(bool passed, string problem = "") => Change(view => view.IsDone ? view : view with { IsDone = true, IsPassed = passed, Problem = problem });

    /// <summary>Runs it to its end: a refusal is a sentence, and whoever leaves ends it.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
            End(passed: true);
        }
        catch (RpcException refused)
        {
            End(passed: false, Sentence(refused.Status.Detail));
        }
        catch (OperationCanceledException)
        {
            End(passed: false, "It was stopped.");
        }
        finally
        {
            // Where something else went wrong the page must not wait for ever.
            End(passed: false, "It could not be carried out: the node's log tells more.");
        }
    }

    // Calls say a reason word for programs before the sentence.
    private static string Sentence(string detail) => detail.Split(": ", 2) is [var word, var sentence] && word.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_') ? sentence : detail;

    private void Change(Func<TestView, TestView> change)
    {
        lock (_gate)
            _view = change(_view);
    }
}

/// <summary>How a test stands, as the page shows it.</summary>
/// <param name="Title">What is tested.</param>
/// <param name="Back">The page from which it was begun.</param>
/// <param name="Steps">What was done.</param>
/// <param name="Checks">The doctor's sheet.</param>
/// <param name="Share">The share that is done, 0 to 1.</param>
/// <param name="IsDone">Whether it has ended.</param>
/// <param name="IsPassed">Whether it went well.</param>
/// <param name="Problem">What is wrong; empty when nothing is.</param>
public sealed record TestView(
    string Title, string Back, IReadOnlyList<StepView> Steps, IReadOnlyList<CheckView> Checks, double Share, bool IsDone, bool IsPassed, string Problem);

/// <summary>A step of a test.</summary>
/// <param name="Text">What was done or seen.</param>
/// <param name="IsGood">Whether it could be done.</param>
public sealed record StepView(string Text, bool IsGood);

/// <summary>A line of the doctor's sheet.</summary>
/// <param name="Verdict">`Pass`, `Warn` or `Fail`.</param>
/// <param name="Code">What it is, for programs.</param>
/// <param name="Subject">The line, device, door or part of the node.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="Mend">What to do; empty when nothing is.</param>
public sealed record CheckView(string Verdict, string Code, string Subject, string Sentence, string Mend)
{
    /// <summary>The view of a check.</summary>
    internal static CheckView Of(Check check) => new($"{check.Verdict}", check.Code, check.Subject, check.Sentence, check.Mend);
}
