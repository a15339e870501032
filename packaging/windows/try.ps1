# Tries what build.sh made on a real Windows, as the person who is signed in: a line for each check.
#
#   packaging/windows/try.ps1 build/windows
#
# try.sh asks more, under Wine; this asks what Wine cannot know: whether Windows itself agrees.
param([Parameter(Mandatory)] [string] $Folder)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

function Confirm-That([string] $What, [scriptblock] $Holds) {
    if (& $Holds) { Write-Output "ok    $What" } else { throw "FAILS $What" }
}
function Invoke-Waiting([string] $Program, [string[]] $Arguments) {
    (Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru).ExitCode
}

$setup = (Get-ChildItem "$Folder/Tchat-*-setup.exe").FullName
$zip = (Get-ChildItem "$Folder/Tchat-*-portable.zip").FullName
$app = "$env:LOCALAPPDATA\Programs\Tchat"
$data = "$env:LOCALAPPDATA\tchat-desktop"
$place = New-Item -ItemType Directory "$env:TEMP\Aïssatou à Thiès $(Get-Random)"

Confirm-That 'it installs without a question' { (Invoke-Waiting $setup @('/S')) -eq 0 }
Confirm-That 'the programs are there' { (Test-Path "$app\Tchat.exe") -and (Test-Path "$app\tchat-cli.exe") }
Confirm-That 'and again, over itself' { (Invoke-Waiting $setup @('/S')) -eq 0 }

& "$app\tchat-cli.exe" --self-test
Confirm-That 'self-test' { $LASTEXITCODE -eq 0 }
& "$app\tchat-cli.exe" --demo --out "$place\demo"
Confirm-That 'the demo' { ($LASTEXITCODE -eq 0) -and (Test-Path "$place\demo\recap.html") }

$kind = (Get-Item 'HKCU:\Software\Classes\.tchat').GetValue('')
$opens = (Get-Item "HKCU:\Software\Classes\$kind\shell\open\command").GetValue('')
Confirm-That 'a .tchat opens in it' { $opens -eq "`"$app\Tchat.exe`" `"%1`"" }

Expand-Archive -Path $zip -DestinationPath "$place\portable"
$portable = (Get-ChildItem "$place\portable" -Recurse -Filter tchat-cli.exe).FullName
& $portable --self-test
Confirm-That 'the portable one too, from a path with accents' { $LASTEXITCODE -eq 0 }

New-Item -ItemType Directory -Force $data | Out-Null
Set-Content "$data\kept.txt" 'a chat'
Confirm-That 'it uninstalls' { (Invoke-Waiting "$app\uninstall.exe" @('/S', "_?=$app")) -eq 0 }
Confirm-That 'the program is gone' { -not (Test-Path "$app\Tchat.exe") }
Confirm-That 'what the person wrote is not' { Test-Path "$data\kept.txt" }
Remove-Item "$data\kept.txt"
Remove-Item $place -Recurse -Force
