using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Import;

/// <summary>One import over a fake stream, in small chunks that cut rows and characters in two.</summary>
internal sealed class ImportCall : IAsyncStreamReader<ImportPatronsRequest>, IServerStreamWriter<ImportPatronsResponse>
{
    public const string Header =
        "customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on";

    private const int ChunkBytes = 7;

    private readonly IEnumerator<ImportPatronsRequest> _requests;
    private readonly List<ImportPatronsResponse> _responses = [];
    private readonly int _dieAfterRows;

    private ImportCall(IEnumerable<ImportPatronsRequest> requests, int dieAfterRows)
    {
        _requests = requests.GetEnumerator();
        _dieAfterRows = dieAfterRows;
    }

    public ImportPatronsRequest Current => _requests.Current;

    public WriteOptions? WriteOptions { get; set; }

    public ImportSummary Summary => _responses[^1].Summary;

    public IReadOnlyList<ImportRowMessage> Rows => [.. _responses.Where(response => response.Row is not null).Select(response => response.Row)];

    public bool ToldProgress => _responses.Any(response => response.Progress is { Bytes: > 0 });

    public static Task<ImportCall> RunAsync(TestRegister register, string csv, Action<ImportStart>? change = null, int dieAfterRows = int.MaxValue) =>
        RunAsync(register, Encoding.UTF8.GetBytes(csv), change, dieAfterRows);

    public static async Task<ImportCall> RunAsync(
        TestRegister register, byte[] file, Action<ImportStart>? change = null, int dieAfterRows = int.MaxValue)
    {
        var start = new ImportStart { ImportId = "import" };
        change?.Invoke(start);
        var chunks = file.Chunk(ChunkBytes).Select(chunk => new ImportPatronsRequest { Chunk = ByteString.CopyFrom(chunk) });
        var call = new ImportCall(chunks.Prepend(new ImportPatronsRequest { Start = start }), dieAfterRows);
        await register.Patrons.ImportPatrons(call, call, TestCall.Admin());
        return call;
    }

    public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(_requests.MoveNext());

    public Task WriteAsync(ImportPatronsResponse message)
    {
        if (message.Progress is { } progress && progress.Rows >= _dieAfterRows)
        {
            throw new OperationCanceledException("the client is gone");
        }

        _responses.Add(message);
        return Task.CompletedTask;
    }
}
