using Grpc.Core;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Forms;
using KioskLink.Register.Console.Sessions;
using KioskLink.Register.Console.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace KioskLink.Register.Console.Layout;

/// <summary>What every page has: the visit, the words, and one way to ask the register and to show what it refuses.</summary>
public abstract class ConsolePage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    [Inject] private protected Visit Visit { get; set; } = null!;

    [Inject] private protected NavigationManager Navigation { get; set; } = null!;

    [Inject] private protected TimeProvider Time { get; set; } = null!;

    [Inject] private SessionBooks Sessions { get; set; } = null!;

    /// <summary>Why the page cannot be shown; null when it can.</summary>
    protected string? Stop { get; private set; }

    private protected Words T => Visit.Words;

    private protected RegisterApi Api => Visit.Api;

    /// <summary>The deadline of a call that goes over the whole register.</summary>
    protected DateTime Long => (Time.GetUtcNow() + ConsoleLimits.LongCallPatience).UtcDateTime;

    private protected Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (RpcException failure)
        {
            LeaveIfSignedOut(failure);
            Stop = ProblemWords.In(T, ApiProblem.Of(failure)).Text;
            // What is not there is told with 200: Razor leaves the page of a 404 empty.
            Http.Response.StatusCode = failure.StatusCode switch
            {
                StatusCode.NotFound => StatusCodes.Status200OK,
                StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
                StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status503ServiceUnavailable,
            };
        }
    }

    /// <summary>Reads what the page shows; a refusal becomes the page's content.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>A form of this page.</summary>
    protected FormState Form(string name, params (string Field, StringValues Value)[] first) =>
        new(name, Http, first.ToDictionary(one => one.Field, one => one.Value));

    /// <summary>Does what a form asks, and then goes to the next page, which tells of it. A refusal is shown in the form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="fields">Its fields, as the register calls them.</param>
    /// <param name="work">What to do; gives the sentence that tells of success.</param>
    /// <param name="next">Where to go then; null for the same page.</param>
    protected async Task DoAsync(FormState form, IReadOnlyList<string> fields, Func<Task<string>> work, Func<string>? next = null)
    {
        var notice = "";
        await TryAsync(form, fields, async () => notice = await work());
        if (form.IsWrong) return;
        if (notice.Length > 0) Visit.Session?.Leave(notice);
        Navigation.NavigateTo(next?.Invoke() ?? Http.Request.Path + Http.Request.QueryString);
    }

    /// <summary>As <see cref="DoAsync"/>, for what nobody does without saying why: the form's field <c>reason</c>.</summary>
    protected Task DoWithReasonAsync(FormState form, IReadOnlyList<string> fields, Func<Task<string>> work, Func<string>? next = null) =>
        DoAsync(form, fields, () =>
        {
            if (form.Text("reason").Length > 0) return work();
            form.Wrong("reason", T["problem.reason"], T.Language);
            return Task.FromResult("");
        }, next);

    /// <summary>Does what a form asks and stays on the page. A refusal is shown in the form.</summary>
    protected async Task TryAsync(FormState form, IReadOnlyList<string> fields, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RpcException failure)
        {
            LeaveIfSignedOut(failure);
            form.Show(ApiProblem.Of(failure), T, fields);
        }

        if (form.IsWrong) Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private void LeaveIfSignedOut(RpcException failure)
    {
        if (failure.StatusCode != StatusCode.Unauthenticated || Visit.Session is not { } session) return;
        Sessions.Close(Http, session.Kind);
        Navigation.NavigateTo(SessionGate.SignInFor(Http.Request));
    }
}
